"""The kinds of faults: which part of an exchange a fault changes, and how. Knows no particular fault."""
