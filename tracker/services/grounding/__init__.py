"""What a letter says, held against the profile and the posting: what rests on nothing is marked."""
