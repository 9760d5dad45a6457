"""Plain values → official documents (.docx) in the layout of Nghị định 30/2020/NĐ-CP."""
