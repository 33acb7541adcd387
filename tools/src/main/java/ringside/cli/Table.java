package ringside.cli;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.ColumnData;
import com.github.freva.asciitable.HorizontalAlign;
import java.util.ArrayList;
import java.util.List;

/** Rows under headings, in columns without lines. A heading that ends in '>' is right-aligned. */
public final class Table {
  private static final int MAX_WIDTH = 100;

  private final List<String> headings;
  private final List<List<String>> rows = new ArrayList<>();

  public Table(String... headings) {
    this.headings = List.of(headings);
  }

  public Table row(Object... cells) {
    List<String> row = new ArrayList<>();
    for (Object cell : cells) {
      row.add(String.valueOf(cell));
    }
    if (row.size() != headings.size()) {
      throw new IllegalArgumentException(row + " under " + headings);
    }
    rows.add(row);
    return this;
  }

  @Override
  public String toString() {
    List<ColumnData<List<String>>> columns = new ArrayList<>();
    for (int i = 0; i < headings.size(); i++) {
      int index = i;
      String heading = headings.get(i);
      boolean right = heading.endsWith(">");
      columns.add(
          new Column()
              .header(right ? heading.substring(0, heading.length() - 1) : heading)
              .headerAlign(right ? HorizontalAlign.RIGHT : HorizontalAlign.LEFT)
              .dataAlign(right ? HorizontalAlign.RIGHT : HorizontalAlign.LEFT)
              .maxWidth(MAX_WIDTH)
              .with(row -> row.get(index)));
    }
    return AsciiTable.getTable(AsciiTable.NO_BORDERS, rows, columns)
        .lines()
        .map(line -> line.startsWith(" ") ? line.substring(1) : line)
        .map(String::stripTrailing)
        .filter(line -> !line.isEmpty())
        .reduce((a, b) -> a + System.lineSeparator() + b)
        .orElse("");
  }
}
