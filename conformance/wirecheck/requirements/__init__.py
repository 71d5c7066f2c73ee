"""One module an area, one function a requirement; mirrors spec/rules. Pure functions of evidence."""
