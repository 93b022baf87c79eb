import Configuration
import Testing

/// The wording that people see; a change here is a change for users.
@Suite struct MessageTests {
    @Test func everyProblemAtOnceInTheOrderOfTheFile() {
        let found = messages(
            """
            name: ""
            seeds: [1, two, -3]
            universe:
              symbols: AAPL
              benchmrak: SPY
              weights: [0.5, half]
            enviroment:
              startingCash: 1
            environment:
              shorting: yes
              fill: nextopen
              stopLoss: 5
              discount: 0.9
            agent:
              discount: 1.7
              hiddenSizes: [64, 12]
              replay: 5
              slowWindow: 9
            """, set: "agent.window=0", "environment.fill=tomorrow")
        #expect(
            found == [
                #"s.yaml:1:7: error: name is "", but must not be empty; the default is gated-dqn"#,
                "s.yaml:2:12: error: seeds[1] is two, not a whole number; the default is [1, 2, 3]",
                "s.yaml:4:12: error: universe.symbols is AAPL, not a list, each a text; write a list such as [AAPL]",
                "s.yaml:5:3: error: universe.benchmrak is not a key; did you mean universe.benchmark?",
                "s.yaml:6:18: error: universe.weights[1] is half, not a number; the default is []",
                "s.yaml:7:1: error: enviroment is not a key; did you mean environment?",
                "s.yaml:10:13: error: environment.shorting is yes, not true or false; the default is false",
                "s.yaml:12:13: error: environment.stopLoss is 5, not in 0.0001...0.9999; the default is null",
                "s.yaml:13:3: error: environment.discount is not a key; discount belongs elsewhere: did you mean agent.discount?",
                "s.yaml:15:13: error: agent.discount is 1.7, not in 0...1; the default is 0.99",
                "s.yaml:16:16: error: agent.hiddenSizes is [64, 12], but must all be multiples of 8; the default is [64, 64]",
                "s.yaml:17:11: error: agent.replay is 5, not a section; indent its keys below it",
                "s.yaml:18:3: error: agent.slowWindow is not a key of this kind: it needs that agent.kind is moving-average-crossover; remove it, or change the kind",
                "--set agent.window: error: agent.window is 0, not in 1...500; the default is 20",
                "--set environment.fill: error: environment.fill is tomorrow, not one of nextOpen, nextClose, sameClose; the default is nextOpen",
            ])
    }

    @Test func oneDescriptionHasAMessageALine() throws {
        let error = try #require(throws: ConfigurationProblems.self) { try read("nam: x\nseedz: []") }
        #expect(
            error.description == """
                s.yaml:1:1: error: nam is not a key; did you mean name?
                s.yaml:2:1: error: seedz is not a key; did you mean seeds?
                """)
    }

    @Test func namesAreGuessed() {
        #expect(
            messages("environment: {fill: nextopen}") == [
                "s.yaml:1:21: error: environment.fill is nextopen, not one of nextOpen, nextClose, sameClose; did you mean nextOpen?"
            ])
        #expect(
            messages("agent:\n  kind: gatd-dqn\n  windw: 3\n") == [
                "s.yaml:2:9: error: agent.kind is gatd-dqn, not one of gated-dqn, moving-average-crossover, buy-and-hold; did you mean gated-dqn?"
            ], "with the kind unknown, its keys cannot be judged")
        #expect(
            messages("agent: {kind: }") == [
                "s.yaml:1:15: error: agent.kind has no value; write one of gated-dqn, moving-average-crossover, buy-and-hold"
            ])
        #expect(
            messages("stop_loss: 1") == [
                "s.yaml:1:1: error: stop_loss is not a key; did you mean environment.stopLoss?"
            ])
        #expect(
            messages("zzzzzz: 1") == [
                "s.yaml:1:1: error: zzzzzz is not a key; the keys here are name, seeds, universe, environment, agent"
            ])
    }

    @Test func checksBetweenKeys() {
        let text = "agent:\n  replay:\n    batchSize: 128\n    capacity: 64\n"
        #expect(messages(text) == ["s.yaml:3:16: error: agent.replay.batchSize is 128, more than replay.capacity, 64"])
        #expect(
            messages("agent: {replay: {capacity: 5}}") == [
                "s.yaml:1:9: error: agent.replay.batchSize is 64, more than replay.capacity, 5"
            ], "an absent key is blamed where its section begins")
        #expect(
            messages("agent: {replay: {batchSize: 200000, capasity: 300000}}") == [
                "s.yaml:1:37: error: agent.replay.capasity is not a key; did you mean agent.replay.capacity?"
            ], "the default of a misspelled key is no ground for a complaint")
    }

    @Test(arguments: [
        ("", "1:1: error: the file is empty; write its keys, or {} for all defaults"),
        ("# only a comment\n", "1:1: error: the file is empty; write its keys, or {} for all defaults"),
        ("---\n", "1:1: error: the file is empty; write its keys, or {} for all defaults"),
        ("- a\n- b\n", "1:1: error: the file is a list, not keys with values; write lines such as key: value"),
        ("hello", "1:1: error: the file is hello, not keys with values; write lines such as key: value"),
        (
            "agent:\n\tdiscount: 1\n",
            "2:1: error: this is not YAML (while scanning for the next token, found character that cannot start any token); indent with spaces, not with tabs"
        ),
        (
            "seeds: [1, 2\nname: x\n",
            "2:5: error: this is not YAML (while parsing a flow sequence, did not find expected ',' or ']'); check indentation, quotes and brackets here and just above"
        ),
        (
            "name: a\nseeds: [1]\nname: b\n",
            "1:1: error: name stands here and again in the same section; keep one of them"
        ),
        (
            "name: a\n---\nname: b\n",
            "2:1: error: another document begins here; keep one document in the file"
        ),
        ("name: a\u{1}b\n", "1:8: error: this is not text (control characters are not allowed); remove the character"),
        ("name: &x a\n", "1:7: error: anchors (&) and aliases (*) are not read here; write the value out, or quote it"),
        ("name: *x\n", "1:7: error: anchors (&) and aliases (*) are not read here; write the value out, or quote it"),
        ("? [a]\n: b\n", "1:3: error: a key is a list, not a name; put it in quotes if it is a name"),
    ])
    func filesThatCannotBeRead(text: String, message: String) {
        #expect(messages(text) == ["s.yaml:\(message)"])
    }
}
