"""Files as people write them: folders, YAML, CSVW tables, SSSOM; and one way to replace them."""
