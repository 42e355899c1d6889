"""What stands when several sources speak: the rule, the merged view, the short-cuts drawn from it."""
