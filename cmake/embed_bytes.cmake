# Writes the bytes of a file into a C++ source, as limier::tools::NAME.
#   cmake -D INPUT=fr.mo -D OUTPUT=catalogue.cc -D NAME=french_catalogue -P embed_bytes.cmake
file(READ "${INPUT}" bytes HEX)
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${bytes}")
set(source "// Made from a file. Do not edit.\n#include <string_view>\n\nnamespace limier::tools {\n")
string(APPEND source "extern const std::string_view ${NAME};\nstatic constexpr char bytes[] = {${bytes}};\n")
string(APPEND source "const std::string_view ${NAME}(bytes, sizeof bytes);\n}  // namespace limier::tools\n")
file(WRITE "${OUTPUT}" "${source}")
