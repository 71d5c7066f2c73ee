"""What is kept, and how it is listed. Knows no HTTP."""
