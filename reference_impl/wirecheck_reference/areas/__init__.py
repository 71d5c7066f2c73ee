"""The areas of the API, a package each; the app finds the router in its `routes`. No area knows another."""
