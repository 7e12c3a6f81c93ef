from symparams import compare, keras, symbols
from symparams.keras.layers import LSTM, Bidirectional, Embedding
from symparams.keras.v1.layers import CuDNNLSTM

n = symbols("n")


def model(recurrent):
    return keras.Sequential([Embedding(640, 300), Bidirectional(recurrent)])


print(compare(model(LSTM(300)), model(CuDNNLSTM(300))))

difference = compare(model(LSTM(n)), model(CuDNNLSTM(n)))
print(difference.total, "for every n")
