# Lines of a terminal to an SVG picture. Each domain's lines have a colour of their own.
BEGIN { split("#e5c07b #61afef #98c379 #c678dd", palette, " ") }

function colour(line,  name) {
  if (line ~ /^(\/[^ ]* )?\$ /) return "#ffffff"
  name = line
  if (!sub(/ *[|:] .*/, "", name) || name ~ / /) return "#9da5b4"
  if (name == "storage") return "#9da5b4"
  if (!(name in known)) known[name] = palette[++domains]
  return known[name]
}

{
  sub(/ +$/, "")
  fill = colour($0)
  gsub(/&/, "\\&amp;")
  gsub(/</, "\\&lt;")
  gsub(/>/, "\\&gt;")
  if (length($0) > widest) widest = length($0)
  text[NR] = sprintf("<text x=\"18\" y=\"%d\" fill=\"%s\">%s</text>", 34 + 18 * NR, fill, $0)
}

END {
  size = sprintf("width=\"%d\" height=\"%d\"", width = 36 + 7.9 * widest, height = 60 + 18 * NR)
  printf "<svg xmlns=\"http://www.w3.org/2000/svg\" %s viewBox=\"0 0 %d %d\" role=\"img\">\n",
    size, width, height
  print "<title>A terminal: tools/ringside boot files</title>"
  print "<rect " size " rx=\"8\" fill=\"#1e2127\"/>"
  printf "<g fill=\"#5c6370\">"
  for (i = 20; i <= 60; i += 20) printf "<circle cx=\"%d\" cy=\"18\" r=\"6\"/>", i
  print "</g>"
  printf "<g font-family=\"ui-monospace,Menlo,Consolas,monospace\" font-size=\"13\""
  print " xml:space=\"preserve\">"
  for (i = 1; i <= NR; i++) print text[i]
  print "</g>\n</svg>"
}
