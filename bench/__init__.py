"""What Pursuit's claims of speed are measured with: `python -m bench`."""
