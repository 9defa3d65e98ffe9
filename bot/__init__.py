"""The application around the handlers: settings, composition, inbox, courier, health."""
