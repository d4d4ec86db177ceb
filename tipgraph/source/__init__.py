"""What people wrote (the printed table, decisions, facts, links) as records with file and line."""
