"""Turns spec/ into the package wirecheck_contract. A tool of this repository: no part of the distribution."""
