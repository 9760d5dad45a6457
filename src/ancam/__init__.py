"""AnCam (an toàn camera): a directive's duties, from the letter to the last camera and back to the report."""

__version__ = "0.1.0"
