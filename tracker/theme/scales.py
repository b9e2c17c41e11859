"""Radix Colors' twelve-step scales (version 3.0.0, MIT), in both themes.

Steps 1–2 are backgrounds, 3–5 components, 6–8 borders, 9–10 solid, 11 text, 12 text of high contrast.
"""

LIGHT = {
    "slate": "#fcfcfd #f9f9fb #f0f0f3 #e8e8ec #e0e1e6 #d9d9e0 #cdced6 #b9bbc6 #8b8d98 #80838d #60646c #1c2024",
    "blue": "#fbfdff #f4faff #e6f4fe #d5efff #c2e5ff #acd8fc #8ec8f6 #5eb1ef #0090ff #0588f0 #0d74ce #113264",
    "cyan": "#fafdfe #f2fafb #def7f9 #caf1f6 #b5e9f0 #9ddde7 #7dcedc #3db9cf #00a2c7 #0797b9 #107d98 #0d3c48",
    "teal": "#fafefd #f3fbf9 #e0f8f3 #ccf3ea #b8eae0 #a1ded2 #83cdc1 #53b9ab #12a594 #0d9b8a #008573 #0d3d38",
    "green": "#fbfefc #f4fbf6 #e6f6eb #d6f1df #c4e8d1 #adddc0 #8eceaa #5bb98b #30a46c #2b9a66 #218358 #193b2d",
    "amber": "#fefdfb #fefbe9 #fff7c2 #ffee9c #fbe577 #f3d673 #e9c162 #e2a336 #ffc53d #ffba18 #ab6400 #4f3422",
    "orange": "#fefcfb #fff7ed #ffefd6 #ffdfb5 #ffd19a #ffc182 #f5ae73 #ec9455 #f76b15 #ef5f00 #cc4e00 #582d1d",
    "tomato": "#fffcfc #fff8f7 #feebe7 #ffdcd3 #ffcdc2 #fdbdaf #f5a898 #ec8e7b #e54d2e #dd4425 #d13415 #5c271f",
    "pink": "#fffcfe #fef7fb #fee9f5 #fbdcef #f6cee7 #efbfdd #e7acd0 #dd93c2 #d6409f #cf3897 #c2298a #651249",
    "purple": "#fefcfe #fbf7fe #f7edfe #f2e2fc #ead5f9 #e0c4f4 #d1afec #be93e4 #8e4ec6 #8347b9 #8145b5 #402060",
    "violet": "#fdfcfe #faf8ff #f4f0fe #ebe4ff #e1d9ff #d4cafe #c2b5f5 #aa99ec #6e56cf #654dc4 #6550b9 #2f265f",
    "iris": "#fdfdff #f8f8ff #f0f1fe #e6e7ff #dadcff #cbcdff #b8baf8 #9b9ef0 #5b5bd6 #5151cd #5753c6 #272962",
    "brown": "#fefdfc #fcf9f6 #f6eee7 #f0e4d9 #ebdaca #e4cdb7 #dcbc9f #cea37e #ad7f58 #a07553 #815e46 #3e332e",
}
DARK = {
    "slate": "#111113 #18191b #212225 #272a2d #2e3135 #363a3f #43484e #5a6169 #696e77 #777b84 #b0b4ba #edeef0",
    "blue": "#0d1520 #111927 #0d2847 #003362 #004074 #104d87 #205d9e #2870bd #0090ff #3b9eff #70b8ff #c2e6ff",
    "cyan": "#0b161a #101b20 #082c36 #003848 #004558 #045468 #12677e #11809c #00a2c7 #23afd0 #4ccce6 #b6ecf7",
    "teal": "#0d1514 #111c1b #0d2d2a #023b37 #084843 #145750 #1c6961 #207e73 #12a594 #0eb39e #0bd8b6 #adf0dd",
    "green": "#0e1512 #121b17 #132d21 #113b29 #174933 #20573e #28684a #2f7c57 #30a46c #33b074 #3dd68c #b1f1cb",
    "amber": "#16120c #1d180f #302008 #3f2700 #4d3000 #5c3d05 #714f19 #8f6424 #ffc53d #ffd60a #ffca16 #ffe7b3",
    "orange": "#17120e #1e160f #331e0b #462100 #562800 #66350c #7e451d #a35829 #f76b15 #ff801f #ffa057 #ffe0c2",
    "tomato": "#181111 #1f1513 #391714 #4e1511 #5e1c16 #6e2920 #853a2d #ac4d39 #e54d2e #ec6142 #ff977d #fbd3cb",
    "pink": "#191117 #21121d #37172f #4b143d #591c47 #692955 #833869 #a84885 #d6409f #de51a8 #ff8dcc #fdd1ea",
    "purple": "#18111b #1e1523 #301c3b #3d224e #48295c #54346b #664282 #8457aa #8e4ec6 #9a5cd0 #d19dff #ecd9fa",
    "violet": "#14121f #1b1525 #291f43 #33255b #3c2e69 #473876 #56468b #6958ad #6e56cf #7d66d9 #baa7ff #e2ddfe",
    "iris": "#13131e #171625 #202248 #262a65 #303374 #3d3e82 #4a4a95 #5958b1 #5b5bd6 #6e6ade #b1a9ff #e0dffe",
    "brown": "#12110f #1c1816 #28211d #322922 #3e3128 #4d3c2f #614a39 #7c5f46 #ad7f58 #b88c67 #dbb594 #f2e1ca",
}
