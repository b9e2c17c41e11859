"""The sample data of an empty account, made through the services as a user would make it."""
