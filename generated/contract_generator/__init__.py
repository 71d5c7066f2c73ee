"""Turns spec/ into the package wirecheck_contract. Run by generate.py; no part of the distribution."""
