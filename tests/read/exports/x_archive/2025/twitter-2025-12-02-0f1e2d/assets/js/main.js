// invented viewer
