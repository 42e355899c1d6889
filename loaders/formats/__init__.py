"""Files of many forms, read as rows under a header."""
