"""The areas of the contract, a folder each, with the name that it has in spec/rules. Found by wirecheck.area."""
