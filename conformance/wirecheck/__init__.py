"""The conformance suite: judges any server by the contract, and knows no implementation."""
