"""The contract for LLM HTTP APIs as data and models, generated from spec/. Importing this imports nothing."""
