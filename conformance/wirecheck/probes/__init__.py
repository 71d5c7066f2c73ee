"""What we ask, one module an area. Each probe is sent once a run, whoever looks at it."""
