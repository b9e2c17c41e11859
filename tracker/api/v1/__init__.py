"""The REST API, for programs with an access token; each router covers one aggregate."""
