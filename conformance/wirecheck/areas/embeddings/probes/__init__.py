"""What is asked of embeddings. A module a topic."""
