"""What servers owe to files, a module a topic."""
