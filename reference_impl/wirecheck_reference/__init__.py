"""The reference server: honours every sentence of the contract."""
