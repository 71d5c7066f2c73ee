"""What is around every route: admission, bodies, validation, errors, serving. Knows no operation."""
