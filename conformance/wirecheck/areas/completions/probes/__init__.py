"""What is asked of completions."""
