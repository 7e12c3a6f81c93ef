"""The limits on what an input may ask for, all in one place. docs/security.md has them as a table, and a test holds each of them.

They are far above anything that somebody counts, and low enough that the worst input within them ends in seconds.
"""

# ---------------------------------------------------------------- models and formulas as texts
MODEL_TEXT = 20_000  # characters of a model
FORMULA_TEXT = 4_000  # characters of a formula to check
LETTER_TEXT = 200  # characters of a key of letters=
REPORTED_TEXT = 60  # characters of a reported number
LETTER_NAME = 100  # characters of the name of a letter
NESTING = 60  # brackets in brackets, in a model or a formula
LETTER_NESTING = 20  # the same in a key of letters=
EXPONENT = 64  # of a power that is written
LETTER_EXPONENT = 10  # the same in a key of letters=

# ---------------------------------------------------------------- numbers
NUMBER_IN_MODEL_TEXT = 10**30
DIGITS_IN_FORMULA = 30  # of a number in a formula to check
DIGITS = 4_000  # of any other number; Python writes out at most 4,300
NUMBER_TO_IDENTIFY = 10**13  # larger ones can have so many divisors that to look through them takes minutes

# ---------------------------------------------------------------- sizes and counts, before they are multiplied out
TERMS_OF_A_SIZE = 1_000
TERMS_OF_A_PRODUCT = 4_000  # of several sizes, such as a shape
PRODUCTS_OF_A_COUNT = 200_000  # of two terms each, in all sums that are multiplied for one count
DEGREE = 4_096
PARTS_OF_A_SIZE = 5_000  # letters, numbers and operations
NESTING_OF_A_SIZE = 64  # such as floors in floors
WORK_OF_FACTORING = 25_000  # terms times the square of the letters, of a sum whose factors have to be searched for
TERMS_OF_A_FORMULA = 2_000  # of a formula to check
BITS_OF_A_COEFFICIENT = 2_000  # the same

# ---------------------------------------------------------------- grids
CONDITION_TEXT = 1_000  # characters
CONDITION_NESTING = 40  # brackets in brackets
CONDITION_EXPONENT = 16  # of a written power
CONDITION_BITS = 10_000  # of a number that it calculates, where a letter has 64
SIZES_ON_AN_AXIS = 10_000_000  # in a list
SIZES_IN_A_RANGE = 10**18  # most of which are never looked at

# ---------------------------------------------------------------- answers
VALUES_OF_AN_ANSWER = 1_000_000  # in one tuple
SIZES_IN_A_LIST = 1_000_000
COPIES_IN_A_LIST = 10_000  # of a layer; of more there is a formula, but no list

# ---------------------------------------------------------------- saved models
SAVED_MODEL = 64 * 1024 * 1024  # characters of JSON; the largest model of keras.applications has 1 MB
MODELS_IN_MODELS = 30  # of a saved model, wrappers included
CALLS_OF_LAYERS = 20_000  # those inside a model count at each use of the model
LAYER_NAME = 1_000  # characters
ARCHIVE_MEMBERS = 100_000
ARCHIVE_METADATA = 64 * 1024  # bytes
SAFETENSORS_HEADER = 100_000_000  # bytes, the longest header that the format allows
NAMES_IN_A_STATE_DICT = 1_000_000
STEPS_IN_A_NAME = 200  # of a state dict
MODULES_IN_MODULES = 200  # live or printed

# ---------------------------------------------------------------- configs
CONFIG_FILE = 10_000_000  # bytes
CONFIG_NESTING = 8  # sub-configs in sub-configs
MODEL_NAME = 500  # characters
LAYERS_OF_A_CONFIG = 1_000_000  # that are gone through one by one
TENSORS_OF_A_CONFIG = 3_000_000  # in a list
INDEX_FILE = 100_000_000  # bytes
SHARDS = 10_000
ONNX_INITIALIZERS = 100_000
ONNX_AXES = 64
ONNX_FIELDS = 1_000_000  # of all messages that are read; a large graph has some 10,000 nodes
ONNX_TEXT = 1_000_000  # bytes
NPZ_ARRAYS = 20_000
NPZ_HEADER = 10_000  # bytes; NumPy writes 118
ARRAYS_IN_A_TREE = 100_000
STEPS_TO_AN_ARRAY = 200
GGUF_TENSORS = 1_000_000
GGUF_VALUES = 100_000
GGUF_TEXT = 10_000_000  # bytes
GGUF_LIST = 10_000_000  # elements

# ---------------------------------------------------------------- pasted tables
PASTED_TEXT = 20_000_000  # characters; the widest table of the largest published model has half a million
ROWS_OF_A_TABLE = 20_000  # the longest published model has a thousand
