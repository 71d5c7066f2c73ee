"""The sentences on chats, a module a topic: spec/rules/chat."""
