"""What is looked at: figures and pages."""
