"""The built-in embedding engine: vectors of hashed words and parts of words."""
