"""Files: uploaded as forms, listed, downloaded, deleted."""
