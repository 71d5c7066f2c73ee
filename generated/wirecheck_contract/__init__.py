# Copied from tools/contract_generator/runtime/__init__.py by `tox -e generate`: do not edit.
"""The contract for LLM HTTP APIs as data and models, generated from spec/. Importing this imports nothing."""
