"""`ascendant` and `python -m ascendant`."""

from ascendant.cli.app import main

if __name__ == "__main__":
    main()
