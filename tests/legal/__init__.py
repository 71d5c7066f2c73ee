"""Legal variants: what published words allow costs no MUST."""
