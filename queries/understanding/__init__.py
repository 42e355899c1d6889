"""What people type: names as they come to mind, and plain words that become a question with its values, by rules."""
