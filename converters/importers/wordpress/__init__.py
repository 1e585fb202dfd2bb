"""WordPress exports (WXR, the WordPress eXtended RSS format, versions 1.0 to 1.2), whoever wrote them."""
