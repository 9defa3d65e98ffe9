"""What people see and press: routes that parse and call, views that render."""
