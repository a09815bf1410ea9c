#pragma once

#include <cstddef>
#include <functional>

namespace limier::tools {

/// Does `work(0)` … `work(count - 1)`, in any order, up to `threads` at a time; throws what one of them throws, once
/// all that were begun are done.
void in_parallel(std::size_t count, std::size_t threads, const std::function<void(std::size_t)>& work);

}  // namespace limier::tools
