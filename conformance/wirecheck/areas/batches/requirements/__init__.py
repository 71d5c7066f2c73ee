"""What servers owe to batches, a module a topic."""
