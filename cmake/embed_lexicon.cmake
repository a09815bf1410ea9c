# Writes the classes of a lexicon into a C++ source, one string literal a line.
#   cmake -D INPUT=lexicon.txt -D OUTPUT=lexicon_text.cc -P embed_lexicon.cmake
file(STRINGS "${INPUT}" lines REGEX "^[^#]" ENCODING UTF-8)
set(source "// Made from lexicon.txt. Do not edit.\n#include <string_view>\n\nnamespace limier {\n")
string(APPEND source "extern const std::string_view lexicon_text;\nconst std::string_view lexicon_text =\n")
foreach(line IN LISTS lines)
  string(STRIP "${line}" line)
  string(APPEND source "    \"${line} \\n\"\n")
endforeach()
string(APPEND source "    \"\";\n}  // namespace limier\n")
file(WRITE "${OUTPUT}" "${source}")
