"""The questions of chapter 10, multilayer perceptrons: the half that students have."""

import re
from collections.abc import Callable
from typing import Any

import numpy as np

from course.exercises import secret
from course.exercises.judges import Judge, each_call, finite, labels, same_array
from course.exercises.question import Check, Question

# --- Questions of understanding ---------------------------------------------------------------------------


def _choice(
    name: str, answer: str, outline: str, digest: str, holds: str, hints: tuple[str, ...]
) -> Question:
    return Question(
        id=f"mlps-{name}",
        answer=answer,
        kind="choice",
        points=1,
        outline=(outline,),
        checks=(Check(holds=holds, judge=secret.choice(f"mlps-{name}", digest)),),
        hints=hints,
    )


def _number(
    name: str, answer: str, outline: str, digest: str, holds: str, hints: tuple[str, ...]
) -> Question:
    near = secret.number(f"mlps-{name}", digest, decimals=0)

    def judge(observed: Any, expected: Any) -> bool | str:
        if type(observed) is float and not observed.is_integer():
            return "it counts something, so it must be a whole number."
        return near(observed, expected)

    return Question(
        id=f"mlps-{name}",
        answer=answer,
        kind="number",
        points=1,
        outline=(outline,),
        checks=(Check(holds=holds, judge=judge),),
        hints=hints,
    )


def letters_of(observed: Any) -> str | None:
    """Return a list of letters in one word, sorted and each once, or None."""
    chosen = labels(observed)
    if chosen is None or chosen.dtype.kind != "U":
        return None
    return "".join(sorted({letter.strip().lower() for letter in chosen.tolist()}))


def _letters(name: str, answer: str, outline: str, digest: str, holds: str, *hints: str) -> Question:
    def judge(observed: Any, expected: Any) -> bool | str:
        chosen = letters_of(observed)
        if chosen is None:
            return 'it must be a list of letters, such as ["a", "b"].'
        return secret.digest(f"mlps-{name}", chosen) == digest

    return Question(
        id=f"mlps-{name}",
        answer=answer,
        kind="array",
        points=2,
        outline=(outline,),
        checks=(Check(holds=holds, judge=judge),),
        hints=hints,
    )


rings = _number(
    "rings",
    "fewest",
    "hml-10-ex-01",
    "5f28203774f7",
    "it is the smallest width with which at least one of the trainings parts the rings",
    (
        "Run the experiment with one neuron, two, three and four. Which is the first to exceed 98 %?",
        "Each ReLU neuron folds the plane along one line. How many lines enclose an area?",
        "Two lines leave a strip or a wedge open. A triangle needs three.",
    ),
)

spiral = _choice(
    "spiral",
    "slowest",
    "hml-10-ex-01",
    "786629b19f7a",
    "it is the layer that the experiment shows to have the smallest gradient",
    (
        "Look at the picture: which end of the net has the shorter bars?",
        "On the way back each layer multiplies the gradient with derivatives that are mostly below 1.",
        "The layer that is farthest from the loss gets the most such factors.",
    ),
)

perceptron = _choice(
    "perceptron",
    "why",
    "hml-10-ex-03",
    "253f6f4c1637",
    "it is true of both models",
    (
        "Think of data that no straight line can part.",
        "One of the two gives probabilities. And one settles down whatever the data are.",
        "Neither is more powerful: both borders are straight lines.",
    ),
)


STEPS = ["steps.__repr__", "__repr__"]  # what to read of an estimator so that its steps can be found by type


def step_of(observed: Any, name: str) -> str | None:
    """Return how a step of this type was made, as text, or None; a lone estimator is its own step.

    Examples
    --------
    >>> step_of({"__repr__": "SGDClassifier(loss='log_loss')"}, "SGDClassifier")
    "SGDClassifier(loss='log_loss')"
    >>> step_of({"steps.__repr__": "[('a', StandardScaler()), ('b', PCA())]"}, "PCA")
    'PCA())]'
    """
    if not isinstance(observed, dict):
        return None
    text = str(observed.get("steps.__repr__") or observed.get("__repr__"))
    place = re.search(rf"\b{name}\(", text)
    return text[place.start() :] if place else None


def _settings(seed: int) -> tuple[Any, None]:
    return {"read": STEPS}, None


def _log_loss(observed: Any, expected: Any) -> bool | str:
    classifier = step_of(observed, "SGDClassifier")
    if classifier is None:
        return "it is neither an SGDClassifier nor a pipeline with one."
    loss = re.search(r"\bloss='(\w+)'", classifier)
    given = loss[1] if loss else "hinge"  # the default, which scikit-learn does not print
    return given == "log_loss" or f"its loss is {given!r}, which is another model's."


softened = Question(
    id="mlps-softened",
    answer="softened",
    kind="estimator",
    points=2,
    outline=("hml-10-ex-03",),
    checks=(
        Check(
            holds="its loss makes it a logistic regression",
            judge=_log_loss,
            case=_settings,
            see="print(softened) shows how it was made.",
        ),
    ),
    hints=(
        "SGDClassifier(loss='perceptron') is a perceptron. Which loss has logistic regression?",
        "It is the cross-entropy of a sigmoid, which scikit-learn calls the log loss.",
        "make_pipeline(StandardScaler(), SGDClassifier(loss='log_loss')).fit(petals, virginica)",
    ),
)

sigmoid = _choice(
    "sigmoid",
    "smooth",
    "hml-10-ex-04",
    "27140bbb1bf6",
    "it is what gradient descent cannot do without",
    (
        "What does gradient descent multiply on its way back through a neuron?",
        "Draw the step function. How steep is it left and right of the step?",
        "Its derivative is 0 wherever there is one, so no weight would ever change.",
    ),
)

backprop = _choice(
    "backprop",
    "differ",
    "hml-10-ex-08",
    "9b2ce845c1a0",
    "it keeps the part and the whole apart",
    (
        "One of the two only computes gradients. Which?",
        "The other is a whole way to train: forward, loss, gradients, and then?",
        "Backpropagation = reverse-mode autodiff, then a step of gradient descent, again and again.",
    ),
)

remedies = _letters(
    "remedies",
    "remedies",
    "hml-10-ex-09",
    "ad36d5e07bff",
    "it names the changes that take freedom from the net, and no other",
    "A net overfits because it has more freedom than the data can hold. Which changes take some away?",
    "Stopping early takes freedom too: the weights cannot wander so far.",
    "There are three. More layers, more neurons or more epochs are none of them.",
)

shape_errors = _letters(
    "shape-errors",
    "raises",
    "hml-10-ex-13",
    "e666813cd1fe",
    "it names the mistakes that Keras refuses, and no other",
    "Run the experiment: `try_out` says what each mistake does.",
    "Keras compares the shapes of what the net gives with those of the labels. And a size of batch?",
    "There are three.",
)

updates = _number(
    "updates",
    "updates",
    "hml-10-ex-14",
    "39110dd901dc",
    "it counts all the steps of both calls",
    (
        "How many batches has an epoch? The last one may be smaller.",
        "A second call of fit goes on where the first one stopped.",
        "ceil(55000 / 32) batches, times 30 + 10 epochs.",
    ),
)

trials = _number(
    "trials",
    "new_trials",
    "hml-10-ex-17",
    "7f9d858e2865",
    "it counts what is left of the budget",
    (
        "max_trials counts all trials of the project, old and new.",
        "With overwrite=False the tuner reads the five finished trials from its folder.",
        "Ten in all, five are done.",
    ),
)

weights = _number(
    "weights",
    "weights",
    "apml-05-ex-01",
    "901fe922d1bc",
    "it counts all weights and biases",
    (
        "A dense layer has (inputs + 1) x neurons parameters; the 1 is the bias.",
        "There are six dense layers: five hidden ones and the output.",
        "(11+1)*1024 + (1024+1)*512 + (512+1)*256 + (256+1)*128 + (128+1)*64 + (64+1)*1",
    ),
)

# --- Neurons that count, and neurons that weigh -----------------------------------------------------------


def fires(inputs: np.ndarray, connections: np.ndarray) -> int:
    """Tell whether a McCulloch-Pitts neuron fires: two active connections, and no active inhibitor."""
    active = connections[inputs == 1]
    return int(active[active > 0].sum() >= 2 and not (active < 0).any())


def wiring_of(observed: Any) -> np.ndarray | str:
    """Return the connections as whole numbers, or say why there are none."""
    wiring = finite(observed)
    if wiring is None or wiring.shape != (3, 2):
        return "it must have three rows of two numbers: left neuron, right neuron, output."
    if (wiring % 1 != 0).any() or (np.abs(wiring) > 5).any():
        return "each entry counts connections: a whole number from -5 to 5."
    return wiring


def output_of(wiring: np.ndarray, a: int, b: int) -> int:
    """Return what the net of three neurons answers."""
    inside = np.array([fires(np.array([a, b]), row) for row in wiring[:2]])
    return fires(inside, wiring[2])


def _is_xor(observed: Any, expected: Any) -> bool | str:
    wiring = wiring_of(observed)
    if isinstance(wiring, str):
        return wiring
    for a, b in ((0, 0), (0, 1), (1, 0), (1, 1)):
        if output_of(wiring, a, b) != (a ^ b):
            return f"for A={a}, B={b} the output is {output_of(wiring, a, b)}."
    return True


wiring = Question(
    id="mlps-wiring",
    answer="wiring",
    kind="array",
    points=2,
    outline=("hml-10-ex-02",),
    checks=(
        Check(
            holds="the three neurons compute A xor B for all four inputs",
            judge=_is_xor,
            see="table(wiring) below the answer prints the output for each input.",
        ),
    ),
    hints=(
        "A xor B is (A and not B) or (not A and B). Each bracket is one neuron.",
        "A and not B: two connections from A, one inhibiting from B, so [2, -1].",
        "The output is an OR: either of the two neurons must be enough, so it has two connections from each.",
    ),
)

SUMS = np.array([[-1.5, -0.5, -0.5], [-0.5, 0.5, 0.5], [-0.5, 0.5, 0.5], [0.5, 1.5, -0.5]])


def _signs_of_sums(observed: Any, expected: Any) -> bool | str:
    sums = finite(observed)
    if sums is None or sums.shape != (4, 3):
        return "it must have four rows (the inputs) of three sums (left, right, output)."
    return bool(((sums >= 0) == (SUMS >= 0)).all())


xor_sums = Question(
    id="mlps-xor",
    answer="sums",
    kind="array",
    points=2,
    outline=("hml-10-ex-11",),
    checks=(
        Check(
            holds="the signs of the sums fit a net that solves XOR",
            judge=_signs_of_sums,
            see="the last column must be negative for equal inputs, positive for different ones.",
        ),
    ),
    hints=(
        "A sum is weights times inputs plus the bias. The left neuron: A + B - 3/2.",
        "The output does not get the sums, but what the step function makes of them: 0 or 1.",
        "output = -1 * (left >= 0) + 1 * (right >= 0) - 1/2",
    ),
)


def _ask_activations(seed: int) -> tuple[Any, list[np.ndarray]]:
    z = [np.linspace(-3, 3, 7), np.random.default_rng(seed).normal(0, 4, size=20)]
    return {"calls": [[part] for part in z]}, z


def three_rows(row: int | None = None) -> Judge:
    """Return a judge of three curves over z: of their shape alone, or of one of them."""

    def judge(observed: Any, z: np.ndarray) -> bool | str:
        curves = finite(observed)
        if curves is None or curves.shape != (3, len(z)):
            return "it must give three rows of finite numbers, each as long as z."
        right = [1 / (1 + np.exp(-z)), np.tanh(z), np.maximum(0, z)]
        return row is None or bool(np.allclose(curves[row], right[row], atol=1e-6))

    return each_call(judge)


activations = Question(
    id="mlps-activations",
    answer="activations",
    kind="function",
    points=2,
    outline=("hml-10-ex-05",),
    checks=(
        Check(holds="it gives three curves over z", judge=three_rows(), case=_ask_activations, share=0),
        Check(holds="the first is the sigmoid", judge=three_rows(0), case=_ask_activations),
        Check(holds="the second is tanh", judge=three_rows(1), case=_ask_activations),
    ),
    hints=(
        "Three rows in the order sigmoid, tanh, ReLU: return np.array([..., ..., ...]).",
        "NumPy has np.tanh and np.maximum; the sigmoid is 1 / (1 + exp(-z)).",
        "np.array([1 / (1 + np.exp(-z)), np.tanh(z), np.maximum(0, z)])",
    ),
)

# --- Layers as matrices -----------------------------------------------------------------------------------


def _shape_of_shapes(observed: Any, expected: Any) -> bool | str:
    shapes = finite(observed)
    if shapes is None or shapes.shape != (4, 2):
        return "it must have four rows (X, W_h, W_o, Y) of two numbers (rows, columns)."
    chain = shapes[0, 1] == shapes[1, 0] and shapes[1, 1] == shapes[2, 0] and shapes[2, 1] == shapes[3, 1]
    return bool(chain and shapes[0, 0] == shapes[3, 0]) or "these matrices cannot be multiplied so."


shapes = Question(
    id="mlps-shapes",
    answer="shapes",
    kind="array",
    points=1,
    outline=("hml-10-ex-06",),
    checks=(
        Check(
            holds="the product of the matrices exists",
            judge=_shape_of_shapes,
            see="try it: np.ones(shapes[0]) @ np.ones(shapes[1]) @ np.ones(shapes[2])",
        ),
    ),
    hints=(
        "In the batch X each sample is a row, each input a column.",
        "W has a row for each input of its layer, and a column for each neuron.",
        "32 samples, 10 inputs, 50 hidden neurons, 3 outputs: now put them in order.",
    ),
)


def _layers(draw: np.random.Generator, sizes: tuple[int, ...]) -> list[np.ndarray]:
    m, n, hidden, out = sizes
    shapes = [(m, n), (n, hidden), (hidden,), (hidden, out), (out,)]
    return [draw.normal(size=shape) for shape in shapes]


def _ask_forward(seed: int) -> tuple[Any, list[np.ndarray]]:
    draw = np.random.default_rng(seed)
    calls = [_layers(draw, sizes) for sizes in ((32, 10, 50, 3), (4, 2, 7, 5), (1, 3, 1, 2))]
    return {"calls": calls}, [forward(*call) for call in calls]


def forward(X: Any, W_h: Any, b_h: Any, W_o: Any, b_o: Any) -> np.ndarray:
    """Return the output of two layers of ReLU neurons."""
    return np.maximum(0, np.maximum(0, X @ W_h + b_h) @ W_o + b_o)


def _shape_of_output(observed: Any, expected: np.ndarray) -> bool | str:
    Y = finite(observed)
    return Y is not None and (Y.shape == expected.shape or f"its shape is {Y.shape}.")


forward_question = Question(
    id="mlps-forward",
    answer="forward",
    kind="function",
    points=2,
    outline=("hml-10-ex-06",),
    checks=(
        Check(
            holds="Y has a row for each sample and a column for each output",
            judge=each_call(_shape_of_output),
            case=_ask_forward,
        ),
    ),
    hints=(
        "A layer is a product of matrices, plus the biases, then the activation.",
        "Both layers have ReLU here: np.maximum(0, ...). Twice.",
        "H = np.maximum(0, X @ W_h + b_h), and the same again with H, W_o and b_o.",
    ),
)

KNOWN = {"sigmoid", "softmax", "tanh", "relu", "softplus", "linear"}
# Other names for the same; scikit-learn calls the sigmoid "logistic" and no activation "identity".
ALSO = {"logistic": "sigmoid", **dict.fromkeys(["none", "identity", "no activation", ""], "linear")}


def outputs_of(observed: Any) -> list[tuple[str, str]] | str:
    """Return (neurons, activation) of each task, or say why they are not there."""
    rows = labels(observed, ndim=2)
    if rows is None or rows.shape != (3, 2) or rows.dtype.kind != "U":
        return 'it must have three rows such as [5, "tanh"].'
    given = [(count.strip(), name.strip().lower()) for count, name in rows.tolist()]
    pairs = [(count, ALSO.get(name, name)) for count, name in given]
    strange = [name for _, name in pairs if name not in KNOWN]
    return f"write the activation as one of {', '.join(sorted(KNOWN))}." if strange else pairs


def _enough_outputs(observed: Any, expected: Any) -> bool | str:
    pairs = outputs_of(observed)
    if isinstance(pairs, str):
        return pairs
    return pairs[0][0] in ("1", "2") and pairs[1][0] == "10" and pairs[2][0] == "1"


outputs = Question(
    id="mlps-outputs",
    answer="outputs",
    kind="array",
    points=2,
    outline=("hml-10-ex-07",),
    checks=(Check(holds="each task has enough outputs, and not too many", judge=_enough_outputs),),
    hints=(
        "One output for each number, or for each class; two classes need only one.",
        "Which activation gives one probability? Several that sum to 1? Any number?",
        '[1, "sigmoid"], [10, "softmax"], and for a price [1, "linear"].',
    ),
)


def _ask_gradient(seed: int) -> tuple[Any, list[np.ndarray]]:
    draw = np.random.default_rng(seed)
    calls = []
    for m, n, hidden in ((5, 2, 3), (40, 4, 6)):
        X, W1, b1, w2, _ = _layers(draw, (m, n, hidden, 1))
        calls.append([X, draw.normal(size=m), W1, b1, w2[:, 0], float(draw.normal())])
    return {"calls": calls}, [gradient(*call) for call in calls]


def gradient(X: Any, y: Any, W1: Any, b1: Any, w2: Any, b2: float) -> np.ndarray:
    """Return the gradient of the mean squared error by differences, which no answer should copy."""

    def loss(W: np.ndarray) -> float:
        return float(np.mean((np.maximum(0, X @ W + b1) @ w2 + b2 - y) ** 2))

    slope = np.zeros_like(W1)
    for place in np.ndindex(*W1.shape):
        bump = np.zeros_like(W1)
        bump[place] = 1e-6
        slope[place] = (loss(W1 + bump) - loss(W1 - bump)) / 2e-6
    return slope


def _shape_of_gradient(observed: Any, expected: np.ndarray) -> bool | str:
    slope = finite(observed)
    return slope is not None and (slope.shape == expected.shape or f"its shape is {slope.shape}.")


gradient_question = Question(
    id="mlps-gradient",
    answer="gradient",
    kind="function",
    points=2,
    outline=("hml-10-ex-08",),
    checks=(
        Check(
            holds="the gradient has the shape of the weights",
            judge=each_call(_shape_of_gradient),
            case=_ask_gradient,
            share=0,
        ),
        Check(
            holds="it is the slope of the loss, which small steps to both sides confirm",
            judge=each_call(same_array(1e-4)),
            case=_ask_gradient,
        ),
    ),
    hints=(
        "Go forward first and keep what you need: H = np.maximum(0, X @ W1 + b1), error = H @ w2 + b2 - y.",
        "Then back: the slope at the output is 2 * error / len(y); at H it is np.outer(that, w2); and ReLU?",
        "ReLU lets the slope pass where H > 0. So X.T @ (np.outer(2 * error / len(y), w2) * (H > 0)).",
    ),
)

# --- Small nets that learn --------------------------------------------------------------------------------


def _one_small_layer(observed: Any, expected: Any) -> bool | str:
    net = step_of(observed, "MLPClassifier")
    if net is None:
        return "there is no MLPClassifier in it."
    # scikit-learn takes 8, (8,), [8] and array([8]); NumPy prints its own numbers as np.int64(8).
    plain = re.sub(r"np\.\w+\(|\barray\(", "", net)
    value = re.search(r"hidden_layer_sizes=(\(.*?\)|\[.*?\]|\d+)", plain, re.DOTALL)
    sizes = [int(size) for size in re.findall(r"\d+", value[1])] if value else [100]
    return (len(sizes) == 1 and 5 <= sizes[0] <= 10) or f"its hidden layers are {sizes}."


def _scaled(observed: Any, expected: Any) -> bool | str:
    return step_of(observed, "StandardScaler") is not None


iris_net = Question(
    id="mlps-iris",
    answer="iris_net",
    kind="estimator",
    points=2,
    outline=("hml-10-ex-12",),
    checks=(
        Check(holds="it has one hidden layer of 5 to 10 neurons", judge=_one_small_layer, case=_settings),
        Check(holds="the features are scaled inside the pipeline", judge=_scaled, case=_settings),
    ),
    hints=(
        "make_pipeline(StandardScaler(), MLPClassifier(...)) scales and learns in one object.",
        "hidden_layer_sizes=[5] is one layer of five. If it has not converged, raise max_iter.",
        "MLPClassifier([8], max_iter=5000) in that pipeline, then fit(X_iris, y_iris)",
    ),
)


def sweep(seed: int, low: float, high: float, turn: float) -> tuple[np.ndarray, np.ndarray]:
    """Return a sweep of learning rates whose loss falls until ``turn`` and then shoots up."""
    rates = np.geomspace(low, high, 200)
    below = np.log(rates / turn)
    losses = 0.5 + np.where(below < 0, 1.8 * np.tanh(0.25 * below**2), 3 * below**2)
    return rates, losses + 0.002 * np.random.default_rng(seed).random(200)


def _ask_rate(seed: int) -> tuple[Any, list[float]]:
    turns = [0.2, 3e-3, 0.05]
    calls = [
        [part.tolist() for part in sweep(seed + i, low, high, turn)]
        for i, (low, high, turn) in enumerate(zip([1e-5, 1e-6, 1e-3], [10, 1, 1], turns, strict=True))
    ]
    return {"calls": [[np.array(rates), np.array(losses)] for rates, losses in calls]}, turns


def _positive_rate(observed: Any, turn: float) -> bool | str:
    rate = finite(observed, ndim=0)
    return rate is not None and 0 < float(rate) < turn


def near_a_tenth(observed: Any, turn: float) -> bool | str:
    """Judge whether a rate is about a tenth of the turning point."""
    rate = finite(observed, ndim=0)
    return rate is not None and 0.6 * turn / 10 < float(rate) < 1.6 * turn / 10


rate = Question(
    id="mlps-rate",
    answer="good_rate",
    kind="function",
    points=2,
    outline=("hml-10-ex-10",),
    checks=(
        Check(
            holds="the rate is positive and lies below the turning point",
            judge=each_call(_positive_rate),
            case=_ask_rate,
            see="print(good_rate(rates, losses)) and look where that is in the picture.",
        ),
    ),
    hints=(
        "The turning point is where the loss is lowest: just right of it the loss begins to climb.",
        "np.argmin(losses) says where in the list that is.",
        "return rates[np.argmin(losses)] / 10",
    ),
)


def _inside_of_net(seed: int) -> tuple[Any, None]:
    return {"X": np.zeros((3, 784), "float32"), "methods": ["predict"], "read": ["get_weights"]}, None


def _ten_probabilities(observed: Any, expected: Any) -> bool | str:
    probabilities = finite(observed.get("predict"), ndim=2)
    if probabilities is None or probabilities.shape != (3, 10):
        return "for three images it must give three rows of ten probabilities."
    return bool(np.allclose(probabilities.sum(axis=1), 1, atol=1e-3)) or "the ten outputs do not sum to 1."


def _two_hidden_layers(observed: Any, expected: Any) -> bool | str:
    weights = observed.get("get_weights")
    if not isinstance(weights, list):
        return "it has no layers with weights; is it a Keras model?"
    # Each dense layer has a matrix of weights and a vector of biases; the last one is the output.
    hidden = sum(isinstance(part, np.ndarray) and part.ndim >= 2 for part in weights) - 1
    return hidden >= 2 or f"it has {max(hidden, 0)}."


mnist_net = Question(
    id="mlps-mnist",
    answer="digit_net",
    kind="estimator",
    points=3,
    outline=("hml-10-ex-10",),
    checks=(
        Check(
            holds="it gives ten probabilities for each image",
            judge=_ten_probabilities,
            case=_inside_of_net,
            share=0,
            see="digit_net.predict(X_train[:3]).sum(axis=1) should be [1, 1, 1].",
        ),
        Check(
            holds="it has at least two hidden layers",
            judge=_two_hidden_layers,
            case=_inside_of_net,
            see="digit_net.summary() lists the layers; the last one is the output.",
        ),
    ),
    hints=(
        "Sequential: Input((784,)), two or three Dense layers with ReLU, and Dense(10) with softmax.",
        "The labels are numbers from 0 to 9: sparse_categorical_crossentropy. Adam needs less luck than SGD.",
        "Dense(200), Dense(100), Dense(10), optimizer='adam', fit(X_train, y_train, epochs=8).",
    ),
    seconds=60,
    keras=True,
)

# --- The tools around a training --------------------------------------------------------------------------


ROOTS = ["logs"] * 200 + ["more/logs"]


def _ask_folders(seed: int) -> tuple[Any, None]:
    return {"calls": [[root] for root in ROOTS]}, None


def folders_of(observed: Any) -> list[str] | str:
    """Return the folders that were named, one for each of ``ROOTS``, or say why not."""
    if not isinstance(observed, list) or len(observed) != len(ROOTS):
        return "it was not called as often as it should be."
    if any(not isinstance(call, dict) or not isinstance(call.get("value"), str) for call in observed):
        return "it must return text: str(path) makes text of a path."
    return [call["value"].replace("\\", "/") for call in observed]


def _below_root(observed: Any, expected: Any) -> bool | str:
    folders = folders_of(observed)
    if isinstance(folders, str):
        return folders
    for folder, root in zip(folders, ROOTS, strict=True):
        if not folder.startswith(f"{root}/run_"):
            return f"{folder[:60]!r} should begin with '{root}/run_'."
    return True


run_folder = Question(
    id="mlps-folder",
    answer="run_folder",
    kind="function",
    points=2,
    outline=("hml-10-ex-15",),
    checks=(
        Check(
            holds="the folder lies below the root and begins with run_", judge=_below_root, case=_ask_folders
        ),
    ),
    hints=(
        "time.strftime('run_%Y_%m_%d_%H_%M_%S') is a name with date and time, to the second.",
        "What else differs between two calls in one second? A counter, a random name (uuid), nanoseconds.",
        "str(Path(root) / (time.strftime('run_%Y_%m_%d_%H_%M_%S_') + uuid.uuid4().hex[:12]))",
    ),
)


def _ask_best(seed: int) -> tuple[Any, list[list[dict[str, Any]]]]:
    draw = np.random.default_rng(seed)
    tables = [
        [
            {"layers": int(draw.integers(1, 6)), "score": float(score)}
            for score in draw.permutation(count) / 50
        ]
        for count in (8, 30)
    ]
    wanted = [3, 10]
    goal = [
        sorted(table, key=lambda trial: -trial["score"])[:count]
        for table, count in zip(tables, wanted, strict=True)
    ]
    return {"calls": [[table, count] for table, count in zip(tables, wanted, strict=True)]}, goal


def _as_many(observed: Any, goal: list[Any]) -> bool | str:
    return isinstance(observed, list) and (
        len(observed) == len(goal) or f"asked for {len(goal)}, it gives {len(observed)} trials."
    )


def same_trials(observed: Any, goal: list[Any]) -> bool | str:
    """Judge whether the trials are the best ones, the best one first."""
    return isinstance(observed, list) and observed == goal


best_trials = Question(
    id="mlps-best",
    answer="best_trials",
    kind="function",
    points=1,
    outline=("hml-10-ex-16",),
    checks=(Check(holds="it gives as many trials as asked for", judge=each_call(_as_many), case=_ask_best),),
    hints=(
        "sorted(trials, key=...) sorts by what the key says of a trial.",
        "A high score is good, so the order must be reversed.",
        "return sorted(trials, key=lambda trial: trial['score'], reverse=True)[:count]",
    ),
)


def _ask_scaling(seed: int) -> tuple[Any, list[list[np.ndarray]]]:
    draw = np.random.default_rng(seed)
    calls = [[draw.normal(3, 10, size=(rows, columns)) for rows in (30, 10, 12)] for columns in (1, 4)]
    return {"calls": calls}, [scaled_by_first(*call) for call in calls]


def scaled_by_first(*parts: np.ndarray) -> list[np.ndarray]:
    """Scale all parts by the least and the greatest value of the first."""
    low, high = parts[0].min(axis=0), parts[0].max(axis=0)
    return [(part - low) / (high - low) for part in parts]


def scaled_part(number: int) -> Callable[[Any, Any], bool | str]:
    """Return a judge of one of the three parts."""

    def judge(observed: Any, goal: list[np.ndarray]) -> bool | str:
        if not isinstance(observed, list) or len(observed) != 3:
            return "it must return three arrays: return X_train, X_valid, X_test."
        return same_array(1e-6)(observed[number], goal[number])

    return each_call(judge)


scale_parts = Question(
    id="mlps-scale",
    answer="scale_parts",
    kind="function",
    points=2,
    outline=("apml-05-ex-01",),
    checks=(Check(holds="the training part lies between 0 and 1", judge=scaled_part(0), case=_ask_scaling),),
    hints=(
        "Each column has its own least and greatest value: axis=0.",
        "Where may they come from? A test set that helps with the scaling is no longer unseen.",
        "scaler = MinMaxScaler().fit(X_train), then return its transform of each of the three.",
    ),
)
