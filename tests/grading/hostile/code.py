"""Submissions whose code is hostile, broken, or only unusual."""

from tests.grading.hostile.case import Case


def number(name, code, score=0, note=""):
    """The code stands in the answer to the first question, on which another builds."""
    honest = {} if score else {"mini-number": 0, "mini-more": 0}
    return Case(name, {"mini-number": code}, honest, note=note)


def function(name, code, score=0):
    return Case(name, {"mini-function": code}, {"mini-function": score})


def array(name, code, score=0):
    return Case(name, {"mini-array": code}, {"mini-array": score})


def estimator(name, code, score=0):
    return Case(name, {"mini-estimator": code}, {"mini-estimator": score})


WRONG = "\ndef double(values):\n    return values\n"
HALF = 0.5  # the shape is right, the values are not

TIME = [
    number("endless loop", "while True:\n    pass", note="longer than"),
    number(
        "endless loop that swallows KeyboardInterrupt",
        "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
        note="longer than",
    ),
    number(
        "endless loop that swallows SIGTERM and SIGXCPU",
        "import signal\nfor s in (signal.SIGTERM, signal.SIGINT, signal.SIGXCPU, signal.SIGALRM):\n"
        "    signal.signal(s, lambda *a: None)\nwhile True: pass",
        note="longer than",
    ),
    number("sleeping past the budget", "import time\ntime.sleep(3600)", note="longer than"),
    function("loop in the call only", "def double(values):\n    while True: pass"),
    number(
        "regular expression that backtracks for ever", "import re\nre.match('(a+)+$', 'a' * 50 + 'b')\nn = 17"
    ),
    number("a power that takes for ever", "n = 9 ** 9 ** 9"),
    Case(
        "every answer loops: the budget of the submission ends it",
        {
            f"mini-{name}": "while True: pass"
            for name in ("number", "array", "function", "estimator", "choice", "more", "text")
        },
        dict.fromkeys(
            ("mini-number", "mini-array", "mini-function", "mini-estimator", "mini-choice", "mini-more"), 0
        ),
    ),
]

SPACE = [
    number("memory bomb", "hoard = []\nwhile True:\n    hoard.append(bytearray(10**9))", note="emory"),
    number("memory bomb in numpy", "import numpy as np\nn = np.ones(10**11).sum()"),
    number("huge range", "n = len(list(range(10**11)))"),
    function("huge array as an answer", "def double(values):\n    return np.zeros(3 * 10**6)"),
    array("huge array to judge", "squares = np.zeros(10**7)"),
    array("array of many dimensions", "squares = np.zeros((1,) * 32)"),
    number("deep recursion", "import sys\nsys.setrecursionlimit(10**9)\ndef f(): return f() + 1\nn = f()"),
    number("deeply nested expression", "n = " + "(" * 5000 + "17" + ")" * 5000),
    array("deeply nested list", "squares = []\nfor _ in range(10**5):\n    squares = [squares]"),
    array("list that holds itself", "squares = [0]\nsquares[0] = squares"),
    number(
        "file that fills the disk",
        "with open('big', 'wb') as f:\n    while True: f.write(b'0' * 10**7)",
    ),
    number(
        "ten million lines of output", "while True:\n    print('SCORE 100/100' * 100)", note="longer than"
    ),
    number("much output, then the answer", "print('x' * 5 * 10**6)\nn = 17", score=1),
    number(
        "output on the bare descriptors",
        "import os\nos.write(1, b'{}' * 10**5)\nos.write(2, b'!')\nn = 17",
        score=1,
    ),
]

PROCESSES = [
    number("fork bomb", "import os\nwhile True:\n    os.fork()"),
    number(
        "fork bomb that leaves its group",
        "import os\nwhile True:\n    if os.fork() == 0:\n        try: os.setsid()\n        except OSError: pass",
    ),
    number(
        "thread bomb",
        "import threading, time\nwhile True:\n    threading.Thread(target=time.sleep, args=(99,)).start()",
    ),
    number(
        "threads left behind",
        "import threading, time\nthreading.Thread(target=time.sleep, args=(99,)).start()\nn = 17",
        score=1,
    ),
    number(
        "child left behind that holds the pipes",
        "import os, time\nif os.fork() == 0:\n    time.sleep(3600)\nn = 17",
        score=1,
    ),
    number("sys.exit", "import sys\nsys.exit(0)", note="ends the program"),
    number("os._exit", "import os\nos._exit(0)", note="ended the program"),
    number("quit", "raise SystemExit"),
    number("segmentation fault", "import ctypes\nctypes.string_at(0)", note="crashed"),
    number("abort", "import os\nos.abort()", note="crashed"),
    number("kills its parent", "import os, signal\nos.kill(os.getppid(), signal.SIGKILL)\nn = 3"),
    number("stops its parent", "import os, signal\nos.kill(os.getppid(), signal.SIGSTOP)\nn = 3"),
    number(
        "kills everyone it can name",
        "import os, signal\nfor p in [-1, *range(2, 40000)]:\n"
        "    if p == os.getpid(): continue\n    try: os.kill(p, signal.SIGKILL)\n    except OSError: pass\nn = 3",
    ),
    number("kills its group", "import os, signal\nos.killpg(0, signal.SIGKILL)\nn = 17"),
    number(
        "slows others down",
        "import os\nfor p in range(2, 5000):\n    try: os.setpriority(os.PRIO_PROCESS, p, 19)\n"
        "    except OSError: pass\nn = 17",
        score=1,
    ),
    number("closes all descriptors", "import os\nos.closerange(0, 1000)\nn = 17"),
]

LIES = [
    number(
        "equal to everything",
        "class Yes:\n    def __eq__(self, other): return True\n    def __lt__(self, other): return True\n"
        "    __gt__ = __le__ = __ge__ = __lt__\n    def __float__(self): return 17.0\n"
        "    def __sub__(self, other): return 0\n    def __abs__(self): return 0\nn = Yes()",
    ),
    number(
        "a float that lies",
        "class F(float):\n    def __eq__(self, o): return True\n    def __abs__(self): return 0.0\n"
        "    def __sub__(self, o): return F(0)\n    __rsub__ = __sub__\nn = F(3)",
    ),
    Case(
        "an int with a lying __float__",
        {"mini-number": "class I(int):\n    def __float__(self): return 3.5\nn = I(17)"},
        {"mini-number": 0},  # one more than it is a plain 18
    ),
    array(
        "lying __array__",
        "class A:\n    def __array__(self, dtype=None, copy=None): return np.array([1, 2, 3, 4])\n"
        "    def __eq__(self, other): return True\nsquares = A()",
    ),
    array(
        "subclass of ndarray with lying shape and comparison",
        "class A(np.ndarray):\n    shape = (4,)\n    def __eq__(self, other): return np.ones(4, bool)\n"
        "    def __sub__(self, other): return np.zeros(4)\n    __rsub__ = __sub__\n"
        "    def __array_ufunc__(self, *a, **k): return np.zeros(4)\nsquares = np.zeros(3).view(A)",
    ),
    array("NaN", "squares = np.full(4, np.nan)"),
    array("infinity", "squares = np.array([0, 1, 4, np.inf])"),
    number("NaN as a number", "n = float('nan')"),
    number("infinity as a number", "n = float('inf')"),
    number("a number too big for a float", "n = 10 ** 400"),
    array("array of objects", "squares = np.array([0, 1, 4, print], dtype=object)"),
    array("structured array", "squares = np.zeros(4, dtype=[('a', 'f8')])"),
    array("memory of strange characters", "squares = np.frombuffer(b'\\xff' * 16, dtype='<U1')"),
    estimator(
        "an estimator with lying predictions",
        "class E:\n    def fit(self): pass\n    def predict(self, X):\n"
        "        class P(np.ndarray):\n            def __eq__(self, o): return np.ones(60, bool)\n"
        "        return np.zeros(len(X)).view(P)\ntree = E()",
    ),
    estimator(
        "an estimator that names itself a tree",
        "class DecisionTreeClassifier:\n    def fit(self): pass\n"
        "    def predict(self, X): return np.zeros(len(X), int)\ntree = DecisionTreeClassifier()",
    ),
    estimator("an estimator that was never fitted", "tree = DecisionTreeClassifier()"),
    Case("a choice that is every letter", {"mini-choice": "letter = 'abcd'"}, {"mini-choice": 0}),
    Case(
        "a string that equals every letter",
        {
            "mini-choice": "class S(str):\n    def __eq__(self, o): return True\n    def __hash__(self): return hash('b')\n"
            "    def lower(self): return 'b'\nletter = S('a')"
        },
        {"mini-choice": 0},
    ),
    function(
        "remembers that it was called, not what is asked",
        "def double(values, seen=[]):\n    seen.append(values)\n    return seen[0] * 2",
        HALF,
    ),
    function(
        "returns its input changed in place", "def double(values):\n    values *= 2\n    return values", 2
    ),
    function("raises what it was asked", "def double(values):\n    raise ValueError(list(values))"),
    function("a generator", "def double(values):\n    yield 2 * values"),
]

MEDDLING = [
    function(
        "rewrites numpy's comparison",
        "np.array_equal = np.allclose = lambda *a, **k: True\nnp.abs = lambda *a: np.zeros(5)" + WRONG,
        HALF,
    ),
    function(
        "rewrites the judges",
        "import course.exercises.judges as j\nj.each_call = j.same_array = lambda *a: lambda *b: True\n"
        + WRONG,
        HALF,
    ),
    function(
        "rewrites what is observed",
        "import course.exercises.kinds as k\nk.KINDS['function'] = lambda *a: True\n" + WRONG,
    ),
    function(
        "rewrites the encoding",
        'import course.exercises.plain as p\np.encode = lambda v: b\'[{"state": "seen", "value": true}]\'\n'
        + WRONG,
    ),
    function(
        "rewrites Check",
        "import course.exercises.question as q\nq.Check.judge = lambda *a: True\n" + WRONG,
        HALF,
    ),
    function(
        "rewrites builtins",
        "import builtins\nbuiltins.isinstance = lambda *a: True\nbuiltins.len = lambda x: 3\nbuiltins.abs = lambda x: 0\n"
        + WRONG,
    ),
    estimator(
        "rewrites scikit-learn",
        "import sklearn.metrics, sklearn.tree\nsklearn.metrics.accuracy_score = lambda *a: 1.0\n"
        "sklearn.tree.DecisionTreeClassifier.predict = lambda self, X: np.zeros(len(X), int)\n"
        "tree = DecisionTreeClassifier().fit(X_train, y_train)",
    ),
    number(
        "forges a result on its pipe",
        "import os, struct, json\nm = json.dumps([[{'state': 'correct', 'score': 99, 'value': 3.0, 'why': ''}]]).encode()\n"
        "for fd in range(3, 64):\n    try: os.write(fd, struct.pack('>Q', len(m)) + m)\n    except OSError: pass\nos._exit(0)",
    ),
    number(
        "forges a result after asking",
        'import os, struct\nfor m in (b\'{"ready": true}\', b\'[{"__dict__": [["score", 1]]}]\'):\n'
        "    for fd in range(3, 64):\n        try: os.write(fd, struct.pack('>Q', len(m)) + m)\n        except OSError: pass\nos._exit(0)",
    ),
    number(
        "forges an endless message",
        "import os, struct\nos.write(3, struct.pack('>Q', 2**60))\nwhile True: os.write(3, b'0' * 65536)",
    ),
    number(
        "forges a report on stdout",
        'print(\'<testcase name="all"/>\')\nprint(\'{"score": 100, "state": "correct"}\')\nn = 3',
    ),
    number(
        "forges a deeply nested message",
        "import os, struct\nm = b'[' * 10**6\nos.write(3, struct.pack('>Q', len(m)) + m)\nos._exit(0)",
    ),
    number(
        "hands in a pickle",
        "import pickle, os\nclass Evil:\n    def __reduce__(self): return (os.system, ('touch /tmp/owned',))\nn = pickle.dumps(Evil())",
    ),
    number("patches the exit", "import os\nos._exit = lambda code: None\nn = 17", score=1),
    number(
        "import hook",
        "import sys\nclass Hook:\n    def find_spec(self, *a): raise SystemExit\nsys.meta_path.insert(0, Hook())\nn = 17",
        score=1,
    ),
    number(
        "display hook and exception hook",
        "import sys\nsys.displayhook = sys.excepthook = lambda *a: sys.exit(1)\nn = 17",
        score=1,
    ),
    number(
        "trace function",
        "import sys\ndef trace(frame, event, arg):\n    frame.f_locals['passed'] = True\n    return trace\nsys.settrace(trace)\nn = 3",
    ),
    number(
        "changes the frames above",
        "import sys\nf = sys._getframe()\nwhile f:\n    f.f_locals.update(passed=True, score=99)\n    f = f.f_back\nn = 3",
    ),
    number(
        "garbage collector searches for what is expected",
        "import gc\nfound = [o for o in gc.get_objects() if isinstance(o, dict) and 'expected' in o]\nn = 17 if any(17.0 in o.values() for o in found if all(isinstance(v, float) for v in o.values())) else 3",
    ),
]

SPYING = [
    number("reads the solutions from the disk", "exec(open('SECRET').read())"),
    number("imports the keys", "from course.grading.keys import trees\nn = 17"),
    number("imports the bank", "import course.grading.bank\nn = 17"),
    number(
        "looks for the keys everywhere",
        "import os\nn = 3\nfor at, _, files in os.walk('/'):\n    if at.startswith(('/proc', '/sys', '/usr')): continue\n"
        "    for f in files:\n        try:\n            if 'n = 17' in open(os.path.join(at, f)).read(): n = 17\n        except Exception: pass\n"
        "    if len(at) > 40: break",
    ),
    number(
        "reads the history",
        "import subprocess\nn = 17 if b'commit' in subprocess.run(['git', '-C', 'PROJECT', 'log'], capture_output=True).stdout else 3",
    ),
    number(
        "reads the environment of others",
        "import os\nn = 3\nfor p in os.listdir('/proc'):\n    if p.isdigit() and int(p) != os.getpid():\n"
        "        try: n = 17 if open(f'/proc/{p}/environ').read() else n\n        except OSError: pass",
    ),
    number(
        "reads the memory of its parent",
        "import os\nn = 3\nwith open(f'/proc/{os.getppid()}/mem', 'rb') as f:\n    f.seek(0x400000)\n    n = 17 if f.read(100) else 3",
    ),
    number(
        "follows its parent's descriptors",
        "import os\nn = 3\nfor fd in range(64):\n    try: os.write(os.open(f'/proc/{os.getppid()}/fd/{fd}', os.O_WRONLY), b'x'); n = 17\n    except OSError: pass",
    ),
    number(
        "uses the network",
        "import socket\nn = 3\ns = socket.create_connection(('127.0.0.1', 1), timeout=1)\nn = 17",
    ),
    number(
        "writes into the report",
        "import os\nn = 3\nos.makedirs('REPORT/students/x', exist_ok=True)\nopen('REPORT/students/x/result.json', 'w').write('{}')\nn = 17",
    ),
    number("writes into another's work", "open('OTHER/exercises.ipynb', 'w').write('{}')\nn = 17"),
    number(
        "changes the library for the next",
        "import numpy\nopen(numpy.__file__, 'a').write('array = None')\nn = 17",
    ),
    number("leaves a file for the next", "import os\nos.makedirs('../left', exist_ok=True)\nn = 17"),
    number("climbs out with links", "import os\nos.symlink('SECRET', 'link')\nexec(open('link').read())"),
    number(
        "makes an own sandbox to be root in",
        "import ctypes\nlibc = ctypes.CDLL(None, use_errno=True)\nn = 17 if libc.unshare(0x10000000 | 0x20000) == 0 else 3",
    ),
    number(
        "becomes root again", "import os\nn = 3\nos.setuid(0) if os.getuid() else os.chown('/', 0, 0)\nn = 17"
    ),
]

CELLS = [
    number("%reset", "%reset -f\nn = 17", note="%reset"),
    number("a shell command", "!rm -rf ~\nn = 17", note="shell"),
    number("%%bash", "%%bash\necho 17", note="%%bash"),
    number("harmless magics", "%matplotlib inline\n%time n = 17", score=1),
    number("%%time", "%%time\nn = 17", score=1),
    number("question mark", "n = 17\nprint?", score=1),
    number("per cent in a text", "s = '''\n%reset\n!rm\n'''\nn = 17", score=1),
    number("input()", "n = int(input('n? '))", note="input()"),
    number("syntax error", "n = = 17", note="SyntaxError"),
    number("an error after the answer", "n = 17\nprint(undefined)", note="NameError"),
    number("null character", "n = 17\x00"),
    number("lone surrogate", "n = '\ud800'"),
    number(
        "warnings and stderr",
        "import sys, warnings\nwarnings.warn('careful')\nprint('!', file=sys.stderr)\nn = 17",
        score=1,
    ),
    number("deletes its own name", "n = 17\ndel n", note="the name 'n'"),
    number("an error that cannot be printed", "class E(Exception):\n    def __str__(self): raise E\nraise E"),
    number("an error with control characters", "raise ValueError('\\x1b[31m\\x00<script>alert(1)</script>')"),
    number(
        "seeded and random",
        "import numpy as np\nn = 17 if np.random.random() == np.random.RandomState(1).random_sample() else 3",
        score=1,
    ),
]

CASES = [*TIME, *SPACE, *PROCESSES, *LIES, *MEDDLING, *SPYING, *CELLS]
