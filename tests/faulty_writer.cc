// Writes an index by CrashHistory, or repairs one, and stops, or has its disk fill up, at a given system call. The
// definitions here stand before those of the C library for every library of the process.
//
//   faulty_writer INDEX kill|full CALL [repair]     stop by SIGKILL at, or refuse from, the CALL-th call; 0 for never
//
// Prints a line after each commit, and at the end the number of calls.

#include <dlfcn.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/types.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include "crash_history.h"
#include "limier/error.h"
#include "limier/index_check.h"
#include "limier/index_writer.h"
#include "shard_kinds.h"

namespace {

long calls = 0;
long fault_at = 0;
bool disk_fills_up = false;

/// Whether this call is to be refused.
bool counted_call(bool takes_space) {
  ++calls;
  if (fault_at == 0 || calls < fault_at) return false;
  if (!disk_fills_up) raise(SIGKILL);
  if (takes_space) errno = ENOSPC;
  return takes_space;
}

template <typename Function>
Function* next(const char* name) {
  void* const found = dlsym(RTLD_NEXT, name);
  Function* function = nullptr;
  std::memcpy(&function, &found, sizeof function);
  return function;
}

}  // namespace

extern "C" {
#pragma GCC visibility push(default)

ssize_t pwrite(int file, const void* data, size_t size, off_t offset) {
  static const auto real = next<ssize_t(int, const void*, size_t, off_t)>("pwrite");
  if (!counted_call(true)) return real(file, data, size, offset);
  return -1;
}

ssize_t write(int file, const void* data, size_t size) {
  static const auto real = next<ssize_t(int, const void*, size_t)>("write");
  if (file <= 2 || !counted_call(true)) return real(file, data, size);
  return -1;
}

int fdatasync(int file) {
  static const auto real = next<int(int)>("fdatasync");
  return counted_call(true) ? -1 : real(file);
}

int fsync(int file) {
  static const auto real = next<int(int)>("fsync");
  return counted_call(true) ? -1 : real(file);
}

int rename(const char* from, const char* to) {
  static const auto real = next<int(const char*, const char*)>("rename");
  return counted_call(true) ? -1 : real(from, to);
}

int link(const char* from, const char* to) {
  static const auto real = next<int(const char*, const char*)>("link");
  return counted_call(true) ? -1 : real(from, to);
}

int unlink(const char* path) {
  static const auto real = next<int(const char*)>("unlink");
  return counted_call(false) ? -1 : real(path);
}

int ftruncate(int file, off_t size) {
  static const auto real = next<int(int, off_t)>("ftruncate");
  return counted_call(false) ? -1 : real(file, size);
}

#pragma GCC visibility pop
}

namespace {

void report_commit(int number) {
  fmt::print("committed {}\n", number);
  std::fflush(stdout);
}

void write_history(const std::string& index) {
  using limier::test::CrashHistory;
  limier::IndexWriter writer(index, limier::test::writer_options(1));
  for (int number = 0; number < CrashHistory::batches; ++number) {
    const CrashHistory::Batch batch = CrashHistory::batch(number);
    for (const limier::Document& document : batch.add) writer.add(document);
    for (const std::string& id : batch.remove) writer.remove(id);
    writer.commit();
    limier::test::optimize_if_wanted(writer);
    report_commit(number + 1);
  }
}

}  // namespace

int main(int count, char** arguments) {
  disk_fills_up = std::string(arguments[2]) == "full";
  fault_at = std::atol(arguments[3]);
  try {
    if (count > 4) {
      limier::repair_index(arguments[1]);
      report_commit(1);
    } else {
      write_history(arguments[1]);
    }
  } catch (const limier::Error& error) {
    fmt::print(stderr, "{}\n", error.what());
    return error.code() == limier::ErrorCode::Io ? 3 : 4;
  }
  fmt::print("calls {}\n", calls);
  return 0;
}
