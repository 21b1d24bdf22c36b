package dev.myna.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

/** Looks at the machine: what Myna finds, whether it will do, and what to do where it will not. */
@Command(name = "doctor", footer = "  myna doctor --json")
final class Doctor extends Work {
  /**
   * One thing looked at.
   *
   * @param name in snake_case
   * @param state whether it will do
   * @param found what was found
   * @param advice what to do; empty where nothing is to be done
   */
  record Finding(String name, State state, String found, String advice) {
    static Finding good(String name, String found) {
      return new Finding(name, State.GOOD, found, "");
    }

    static Finding slow(String name, String found, String advice) {
      return new Finding(name, State.SLOW, found, advice);
    }

    static Finding broken(String name, String found, String advice) {
      return new Finding(name, State.BROKEN, found, advice);
    }
  }

  /** Does, does but slowly, does not. */
  enum State {
    GOOD("ok"),
    SLOW("slow"),
    BROKEN("broken");

    private final String word;

    State(String word) {
      this.word = word;
    }
  }

  @Override
  int run(Output out, Figures figures) {
    List<Finding> findings = new ArrayList<>();
    findings.add(MachineProbe.jdk());
    findings.add(MachineProbe.processor());
    findings.add(MachineProbe.bfloat16());
    findings.add(VectorProbe.look());
    findings.add(MachineProbe.memory());
    findings.add(TensorProbe.libtorch());
    findings.add(TensorProbe.gpu());
    List<Map<String, String>> list = new ArrayList<>();
    for (Finding finding : findings) {
      out.line("%-6s  %-12s  %s", finding.state.word, finding.name, finding.found);
      if (!finding.advice.isEmpty()) {
        out.line("                      %s", finding.advice);
      }
      Map<String, String> map = new LinkedHashMap<>();
      map.put("name", finding.name);
      map.put("state", finding.state.word);
      map.put("found", finding.found);
      map.put("advice", finding.advice);
      list.add(map);
    }
    figures.put("findings", list);
    boolean broken = findings.stream().anyMatch(finding -> finding.state == State.BROKEN);
    figures.put("healthy", !broken);
    return broken ? Myna.FAULT : Myna.DONE;
  }
}
