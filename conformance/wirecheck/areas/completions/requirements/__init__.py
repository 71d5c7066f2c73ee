"""What completions are held to."""
