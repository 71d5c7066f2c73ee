"""What is asked of chats, a module a topic."""
