"""The contract, its models, and that the two say the same."""
