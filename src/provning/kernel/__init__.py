"""Values and pure rules; knows nothing of Django or the database."""
