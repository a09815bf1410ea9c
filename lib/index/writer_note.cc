#include "index/writer_note.h"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <fstream>

namespace limier {
namespace {

std::string note_path(const std::string& directory) { return directory + "/writer.lock"; }

}  // namespace

WriterNote::WriterNote(const std::string& directory) : path_(note_path(directory)) {
  // A full disk here is no reason to refuse: the note only serves others' messages.
  std::ofstream(path_) << fmt::format("process {} since {:%Y-%m-%d %H:%M:%S} UTC\n", getpid(),
                                      fmt::gmtime(std::chrono::system_clock::to_time_t(std::chrono::system_clock::now())));
}

WriterNote::~WriterNote() { std::remove(path_.c_str()); }

std::string describe_writer(const std::string& directory) {
  std::string line;
  std::ifstream note(note_path(directory));
  return std::getline(note, line) && !line.empty() ? line : "another process";
}

}  // namespace limier
