#include "sealed/mapped_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "limier/error.h"
#include "text/message.h"

namespace limier::sealed {

MappedFile::MappedFile(const std::string& path) {
  const auto refuse = [&] {
    throw Error(errno == ENOENT ? ErrorCode::NotFound : ErrorCode::Io, message("{}: {}", path, system_message(errno)));
  };
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) refuse();
  struct stat status {};
  if (fstat(file, &status) == 0 && status.st_size > 0) {
    size_ = static_cast<std::size_t>(status.st_size);
    void* const mapped = mmap(nullptr, size_, PROT_READ, MAP_SHARED, file, 0);
    if (mapped != MAP_FAILED) data_ = static_cast<const char*>(mapped);
  }
  close(file);
  if (data_ == nullptr && size_ > 0) refuse();
}

MappedFile::~MappedFile() {
  if (data_ != nullptr) munmap(const_cast<char*>(data_), size_);
}

void MappedFile::release() const { madvise(const_cast<char*>(data_), size_, MADV_DONTNEED); }

}  // namespace limier::sealed
